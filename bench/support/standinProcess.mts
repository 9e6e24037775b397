import {
	startStandinProcess as startProcess,
	type StandinProcess,
} from '../../standin/process.mts';

export type { StandinProcess };

/** The local eSputnik in a process of its own. It reads no bodies and knows no limit. */
export async function startStandinProcess(): Promise<StandinProcess> {
	return await startProcess([
		...['--validate', 'false', '--keep', 'counts', '--keep-bodies', '0'],
		...['--post-past-events-per-second', '0'],
	]);
}
