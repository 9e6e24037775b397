import type { IDataObject } from 'n8n-workflow';

/**
 * Hands over the names and values of one item, in order, until one of them is rejected.
 *
 * @param take gets a name as it came, usually a text, and a value of any kind; what it returns is why it rejects them
 * @returns what `take` returned, why the names and values cannot be read, or undefined where all of them were taken
 */
export type ReadNamedValues = <Rejection>(
	json: IDataObject,
	take: (name: unknown, value: unknown) => Rejection | undefined,
) => Rejection | FieldFault | undefined;

/** Why a parameter of the node, or what it gives for one item, cannot be used. `label`: the parameter's label in the panel, quoted. */
export type FieldFault =
	| { readonly kind: 'expressionFailed'; readonly label: string; readonly text: string }
	| { readonly kind: 'nothingListed'; readonly label: string }
	| { readonly kind: 'notRows'; readonly label: string; readonly value: unknown }
	| {
			readonly kind: 'notOfType';
			readonly label: string;
			readonly name: unknown;
			/** What the value should be, for people: `a number`. */
			readonly expected: string;
			readonly value: unknown;
	  }
	| {
			readonly kind: 'notJson';
			readonly label: string;
			readonly value: string;
			/** Whether somebody typed it; else an expression put it together. */
			readonly isTyped: boolean;
	  }
	/** An object inside the JSON has a name twice. */
	| { readonly kind: 'duplicateName'; readonly label: string; readonly name: string }
	| { readonly kind: 'notAnObject'; readonly label: string; readonly value: unknown };
