import { ConfigurationError } from '../configurationError';
import type { Problem } from '../problem';

/** A setting that cannot be used as a problem of the run: our own check, a credential that n8n cannot give, a broken expression. */
export function settingFault(error: unknown): Problem {
	if (error instanceof ConfigurationError) return error.problem;
	const text = error instanceof Error ? error.message : String(error);
	return {
		reason: 'CONFIGURATION',
		what: `The node's settings could not be read: ${text.replace(/[.\s]+$/, '')}`,
		advice: 'Check the parameters and the credential of this node.',
	};
}
