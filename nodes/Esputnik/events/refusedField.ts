import type { Problem } from '../problem';

/** A field that cannot be used. */
export interface RefusedField {
	/** The field as text, where it could be made. */
	readonly text?: string;
	readonly problem: Problem;
}
