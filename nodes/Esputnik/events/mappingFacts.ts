/** A parameter that the engine works out for each item, for the hint about it. */
export interface EvaluatedParameter {
	/** The label in the panel, in quotes: `'Contact Key'`. */
	readonly label: string;
	/** The expression as written, without its leading `=`. */
	readonly expression: string;
	/** How the field that the expression seems to read is written plainly, `{{ $json.email }}`; absent where it reads none. */
	readonly plainForm?: string;
}

/** What the events of one type have in common. */
export interface EventTypeFacts {
	readonly eventTypeKey: string;
	readonly events: number;
	/** Events of which no parameter identifies the contact. */
	readonly withoutContact: number;
	/** How many events lack each parameter that the vendor documents for a predefined type; only those that are lacking. */
	readonly missingParams: ReadonlyMap<string, number>;
	/** Events whose status is the one that counts as revenue. */
	readonly revenue: number;
}

/** What the hints after a run are made of. Items that were refused count for nothing but `items`. */
export interface MappingFacts {
	readonly items: number;
	readonly eventTypes: readonly EventTypeFacts[];
	/** Events that are the same as an earlier one of the run, to the letter. */
	readonly identicalEvents: number;
	/** Parameters that n8n's engine worked out for each item. */
	readonly evaluated: readonly EvaluatedParameter[];
}
