import type { EventTypeFacts, MappingFacts } from '../../nodes/Esputnik/events/facts.ts';
import { dateHints } from '../../nodes/Esputnik/resources/pastEvent/send/datesSeen.ts';
import { hintsAfterRun } from '../../nodes/Esputnik/events/hints.ts';

const COMPLETE: EventTypeFacts = {
	eventTypeKey: 'orderCreated',
	events: 1_000,
	withoutContact: 0,
	missingParams: new Map(),
	revenue: 400,
};

function hints(facts: Partial<MappingFacts>): string[] {
	return hintsAfterRun({
		items: 1_000,
		eventTypes: [COMPLETE],
		identicalEvents: 0,
		evaluated: [],
		trimmed: [],
		...facts,
	}).map(({ message }) => message);
}

describe('After a run', () => {
	it('nothing is told where nothing is to be told', () => {
		expect(hints({})).toEqual([]);
	});

	it('events that name no contact are told, with the names that eSputnik looks for', () => {
		const [hint] = hints({ eventTypes: [{ ...COMPLETE, withoutContact: 1_000 }] });
		expect(hint).toContain('orderCreated (1,000 of 1,000 events)');
		expect(hint).toContain('externalCustomerId');
		expect(hint).toContain("'Contact Identifier'");
	});

	it('many types without a contact are told in one hint, five by name', () => {
		const eventTypes = Array.from({ length: 8 }, (_, index) => ({
			...COMPLETE,
			eventTypeKey: `type ${index}`,
			withoutContact: 1,
		}));
		const told = hints({ eventTypes });
		expect(told).toHaveLength(1);
		expect(told[0]).toContain('type 4 (1 of 1,000 events); and 3 more');
	});

	it('parameters that eSputnik documents for a type and that are missing are told, and what counts as revenue', () => {
		const missingParams = new Map([
			['externalOrderId', 1_000],
			['status', 1_000],
			['date', 12],
		]);
		const told = hints({ eventTypes: [{ ...COMPLETE, missingParams, revenue: 0 }] });
		expect(told).toHaveLength(1);
		expect(told[0]).toContain('externalOrderId, status, date (12 of them)');
		expect(told[0]).toContain('DELIVERED');
	});

	it('keys around which spaces were taken away are told', () => {
		const [hint] = hints({ trimmed: [{ label: "'Contact Key'", items: 2 }] });
		expect(hint).toMatch(/^Spaces around 'Contact Key' were taken away from 2 items/);
	});

	it('listed fields that no item has are told, five by name', () => {
		const names = ['totl', 'b', 'c', 'd', 'e', 'f'];
		const unknownFields = { label: "'Fields to Exclude'", names, items: 1_000 };
		const [hint] = hints({ unknownFields });
		expect(hint).toMatch(/^'Fields to Exclude' names fields that none of 1,000 items has: 'totl'/);
		expect(hint).toContain("'e'; and 1 more");
	});

	it('an order without its date is told of the option that sends the time as a parameter, where it is not used', () => {
		const eventTypes = [{ ...COMPLETE, missingParams: new Map([['date', 1_000]]) }];
		expect(hints({ eventTypes, timeOption: true })[0]).toContain("'Date Parameter'");
		expect(hints({ eventTypes, timeOption: false })[0]).not.toContain("'Date Parameter'");
	});

	it('orders of which none counts as revenue are told', () => {
		const [hint] = hints({ eventTypes: [{ ...COMPLETE, revenue: 0 }] });
		expect(hint).toMatch(/^None of the 1,000 events .* DELIVERED/);
	});

	it('types without a status are not judged by it', () => {
		expect(
			hints({ eventTypes: [{ ...COMPLETE, eventTypeKey: 'pageViewed', revenue: 0 }] }),
		).toEqual([]);
	});

	it.each([
		[1, '1 event is identical'],
		[1_200, '1,200 events are identical'],
	])('%d identical events are counted', (identicalEvents, start) => {
		const [hint] = hints({ identicalEvents });
		expect(hint.startsWith(start)).toBe(true);
	});

	it('parameters that the engine works out are told on more than 1,000 items, with the plain form', () => {
		const evaluated = [
			{
				label: "'Contact Key'",
				expression: "{{ $('Webhook').item.json.email }}",
				plainForm: '{{ $json.email }}',
			},
		];
		expect(hints({ items: 1_000, evaluated })).toEqual([]);
		const [hint] = hints({ items: 1_001, evaluated });
		expect(hint).toContain('1,001 items');
		expect(hint).toContain("'Contact Key', {{ $('Webhook').item.json.email }}");
		expect(hint).toContain('{{ $json.email }}');
	});
});

describe('How dates were written', () => {
	const told = (offsetHandling: 'convert' | 'ignore', kind: 'zoned' | 'count', value: string) =>
		dateHints({ accountTimezone: 'Europe/Kyiv', sourceTimezone: '', offsetHandling }, [
			{ kind, value, occurred: '2024-05-12T10:11' },
		])[0].message;

	it('is told with the zone and one example', () => {
		expect(told('convert', 'zoned', '2024-05-12T07:11Z')).toBe(
			"'Occurred': times were converted to Europe/Kyiv; those without an offset were kept as they are written. Example: '2024-05-12T07:11Z' was written as 2024-05-12T10:11.",
		);
		expect(told('ignore', 'zoned', '2024-05-12T10:11Z')).toContain(
			'times were kept as they are written, offsets ignored. Example',
		);
	});

	it('does not deny that Unix time was converted', () => {
		expect(told('ignore', 'count', '1715497860')).toContain(
			'Unix time was converted to Europe/Kyiv; other times were kept as they are written, offsets ignored. Example',
		);
	});
});
