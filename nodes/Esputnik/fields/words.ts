import { quotable, type Problem } from '../problem';
import type { FieldFault } from './namedValues';

/** A fault in words. */
export function fieldProblem(fault: FieldFault): Problem {
	const { label } = fault;
	switch (fault.kind) {
		case 'expressionFailed':
			return {
				reason: 'EXPRESSION_FAILED',
				what: `n8n could not work out ${label}: ${fault.text.replace(/\.$/, '')}`,
				advice: 'Correct the expression, or drag the field from the input into its place.',
			};
		case 'nothingListed':
			return {
				reason: 'CONFIGURATION',
				what: `${label} is empty`,
				advice:
					"List the names of the fields, separated by commas, or set 'Include' to all fields.",
			};
		case 'notRows':
			return {
				reason: 'PARAMS_NOT_AN_OBJECT',
				what: `${label} is not a list of rows`,
				value: quotable(fault.value),
				advice:
					"Fill in the rows, or set 'Parameters Mode' to JSON for an expression that gives them all.",
			};
		case 'notOfType': {
			const name = quotable(fault.name);
			return {
				reason: 'PARAM_VALUE_INVALID',
				what: `'${name}' in ${label} expects ${fault.expected}`,
				value: quotable(fault.value),
				advice: `Choose another type for '${name}', or correct the value.`,
			};
		}
		case 'notJson':
			return {
				reason: 'PARAMS_NOT_JSON',
				what: `${label} is not valid JSON`,
				value: quotable(fault.value),
				advice: fault.isTyped
					? 'Correct it; { "cost": "999" } is an object with one parameter.'
					: 'Use an expression that gives an object, such as {{ { cost: $json.cost } }}, instead of text with expressions in it.',
			};
		case 'duplicateName':
			return {
				reason: 'PARAM_NAME_DUPLICATE',
				what: `An object in ${label} has the same name twice`,
				value: quotable(fault.name),
				advice: 'Rename or remove one of them: only one of the two values would be sent.',
			};
		case 'notAnObject':
			return {
				reason: 'PARAMS_NOT_AN_OBJECT',
				what: `${label} is neither an object nor a list of names and values`,
				value: quotable(fault.value),
				advice:
					'Give an object such as { "cost": "999" }, or a list such as [{ "name": "cost", "value": "999" }].',
			};
	}
}

/** The engine raised for one item. */
export function expressionFailed(label: string, { text }: { readonly text: string }): Problem {
	return fieldProblem({ kind: 'expressionFailed', label, text });
}

/** Items may hold objects of other nodes whose own code runs when they are read, such as a `toJSON`. */
export function itemUnreadable(error: unknown): Problem {
	return {
		reason: 'PARAM_VALUE_INVALID',
		what: 'A value of the item cannot be read',
		value: quotable(error instanceof Error ? error.message : error),
		advice: 'Turn it into text, a number or a plain object in a node before this one.',
	};
}
