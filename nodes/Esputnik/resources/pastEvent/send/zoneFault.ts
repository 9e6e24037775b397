import { occurredProblem } from './datesSeen';
import type { MappedItem } from './pastEvent';
import { SET_ACCOUNT_TIMEZONE } from '../../../dates/words';
import type { Problem } from '../../../problem';
import { formatNumberOf } from '../../../report/format';

/**
 * The fault of a run in which a date names an instant while nobody said in which zone the account reads times: eSputnik takes
 * local times only, n8n's own default zone is New York, and stored events cannot be moved.
 */
export function zoneFault(mapped: readonly MappedItem[]): Problem | undefined {
	const unplaced = mapped.flatMap(({ dateFault }) =>
		dateFault?.kind === 'needsAccountZone' ? [dateFault] : [],
	);
	if (unplaced.length === 0) return undefined;
	const [first] = unplaced;
	const { what, advice } = occurredProblem(first);
	const values = formatNumberOf(unplaced.length, 'value');
	const reason = 'ACCOUNT_TIMEZONE_REQUIRED';
	const cannot = `${values} cannot be written without the account's time zone`;
	if (unplaced.some(({ why }) => why !== first.why)) {
		return { reason, what: `${cannot}, e.g. ${first.value}`, advice: `${SET_ACCOUNT_TIMEZONE}.` };
	}
	const told =
		first.why === 'zoned'
			? `${values} ${unplaced.length === 1 ? 'names' : 'name'} an offset`
			: `${cannot}: ${what}`;
	return { reason, what: `${told}, e.g. ${first.value}`, advice };
}
