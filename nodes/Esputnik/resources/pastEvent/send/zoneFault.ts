import { SET_ACCOUNT_TIMEZONE } from '../../../dates/occurred';
import type { Problem } from '../../../problem';
import { formatNumberOf } from '../../../report/format';
import type { ItemProblem } from '../../../report/problemGroups';

/**
 * The fault of a run in which a date names an instant while nobody said in which zone the account reads times: eSputnik takes
 * local times only, n8n's own default zone is New York, and stored events cannot be moved.
 */
export function zoneFault(refused: readonly ItemProblem[]): Problem | undefined {
	const unplaced = refused.filter(({ problem }) => problem.reason === 'ACCOUNT_TIMEZONE_REQUIRED');
	if (unplaced.length === 0) return undefined;
	const { what, value = '', advice } = unplaced[0].problem;
	const values = formatNumberOf(unplaced.length, 'value');
	const reason = 'ACCOUNT_TIMEZONE_REQUIRED';
	const cannot = `${values} cannot be written without the account's time zone`;
	if (unplaced.some(({ problem }) => problem.what !== what)) {
		return { reason, what: `${cannot}, e.g. ${value}`, advice: `${SET_ACCOUNT_TIMEZONE}.` };
	}
	const why = what.endsWith(NAMES_AN_OFFSET)
		? `${values} ${unplaced.length === 1 ? 'names' : 'name'} an offset`
		: `${cannot}: ${what}`;
	return { reason, what: `${why}, e.g. ${value}`, advice };
}

const NAMES_AN_OFFSET = 'names an offset';
