import { problemMessage, type Problem } from './problem';

/** A setting of the node or of its credential that cannot be used: wrong for the whole run, found before anything is sent. */
export class ConfigurationError extends Error {
	override readonly name = 'ConfigurationError';

	readonly problem: Problem;

	/**
	 * @param what what is wrong, without a full stop
	 * @param advice what to do, as a sentence
	 * @param value the offending value, short enough to quote
	 */
	constructor(what: string, advice: string, value?: string) {
		const problem: Problem = { reason: 'CONFIGURATION', what, value, advice };
		super(problemMessage(problem));
		this.problem = problem;
	}
}
