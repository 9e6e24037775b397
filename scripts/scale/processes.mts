import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';

/** What a process, or a process and its children, took. */
export interface Usage {
	/** The most memory that one of its processes held when it was looked at. */
	readonly peakBytes: number;
	/** Processor time of all of them. */
	readonly cpuSeconds: number;
}

/** Looks at processes once a second. */
export class Processes {
	readonly #roots = new Map<number, string>();
	/** Process id → what it took so far. */
	readonly #seen = new Map<number, Usage & { readonly name: string }>();
	readonly #stopping = new AbortController();
	readonly #looking: Promise<void>;

	constructor() {
		this.#looking = this.#look();
	}

	/** Looks at this process and its children from now on. Several may have one name. */
	watch(name: string, pid: number | undefined): void {
		if (pid !== undefined) this.#roots.set(pid, name);
	}

	/** What each name took so far. */
	usage(): ReadonlyMap<string, Usage> {
		const byName = new Map<string, Usage>();
		for (const { name, peakBytes, cpuSeconds } of this.#seen.values()) {
			const before = byName.get(name) ?? { peakBytes: 0, cpuSeconds: 0 };
			byName.set(name, {
				peakBytes: Math.max(before.peakBytes, peakBytes),
				cpuSeconds: before.cpuSeconds + cpuSeconds,
			});
		}
		return byName;
	}

	/** Looks once more, now. */
	async refresh(): Promise<void> {
		const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,rss=,time=']);
		for (const line of stdout.split('\n')) {
			const [pid, parent, kilobytes, time] = line.trim().split(/\s+/);
			const name = this.#roots.get(Number(pid)) ?? this.#roots.get(Number(parent));
			if (name === undefined) continue;
			const cpuSeconds = (await exactSecondsOf(pid)) ?? secondsOf(time);
			const peakBytes = Math.max(
				this.#seen.get(Number(pid))?.peakBytes ?? 0,
				Number(kilobytes) * 1024,
			);
			this.#seen.set(Number(pid), { name, peakBytes, cpuSeconds });
		}
	}

	async stop(): Promise<void> {
		this.#stopping.abort();
		await this.#looking;
	}

	async #look(): Promise<void> {
		const { signal } = this.#stopping;
		while (!signal.aborted) {
			await this.refresh();
			await wait(1000, undefined, { signal }).catch(() => undefined);
		}
	}
}

/** How many of the kernel's ticks are a second, on every Linux that Node runs on. */
const TICKS = 100;

/** Processor time as Linux tells it: `ps` cuts it to whole seconds, which adds up where there are many processes. */
async function exactSecondsOf(pid: string): Promise<number | undefined> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
	if (stat === undefined) return undefined;
	// The name stands in parentheses and may hold anything; utime and stime are the 12th and 13th behind it.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** `[days-]hours:minutes:seconds`, or `minutes:seconds.hundredths`, as `ps` writes it. */
function secondsOf(time: string): number {
	const [clock, days = '0'] = time.split('-').reverse();
	return clock
		.split(':')
		.reduce(
			(sum, part) => sum * 60 + Number(part),
			Number(days) * (clock.split(':').length > 2 ? 24 : 0),
		);
}
