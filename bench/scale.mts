/**
 * The node alone in n8n's engine, in this process, without n8n's server: how the time per item grows with the number of items, and for
 * how long the event loop stands still. Prints JSON; `npm run bench` runs it in a process of its own, as
 *
 *     node --max-old-space-size=12288 --import tsx bench/scale.mts
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { runWorkflow } from '../test/support/engine.mts';
import { loadUnpacked, type LoadedPackage } from '../test/support/enginePackage.mts';
import { ESPUTNIK, itemsToEsputnik } from '../test/support/workflowJson.mts';
import { makeOrders } from './nodes/orders.mts';
import { mean, median } from './support/numbers.mts';
import type { Scale } from './support/figures.mts';
import { DRAGGED, NO_LIMIT } from './support/parameters.mts';
import { startStandinProcess, type StandinProcess } from './support/standinProcess.mts';

const TYPE = 'n8n-nodes-esputnik.esputnik';
const FEW = 10_000;
const MANY = 100_000;
const MOST = 1_000_000;
const BLOCK_ROUNDS = 5;
/** Small and large runs alternate, and the small ones are many, so that a busy minute slows both. */
const GROWTH_ROUNDS = 3;
const FEW_PER_ROUND = 30;

interface Execution {
	readonly ms: number;
	readonly blockedMs: number;
}

void main();

async function main(): Promise<void> {
	const standin = await startStandinProcess();
	const built = await loadUnpacked(process.cwd());
	try {
		const many = await repeat(built, standin, MANY, BLOCK_ROUNDS);
		const few: Execution[] = [];
		const most: Execution[] = [];
		for (let round = 0; round < GROWTH_ROUNDS; round++) {
			few.push(...(await repeat(built, standin, FEW, FEW_PER_ROUND)));
			most.push(...(await repeat(built, standin, MOST, 1)));
		}
		const scale: Scale = {
			microsecondsAtFew: (mean(few.map(({ ms }) => ms)) * 1000) / FEW,
			microsecondsAtMost: (mean(most.map(({ ms }) => ms)) * 1000) / MOST,
			blockedMs: median(many.map(({ blockedMs }) => blockedMs)),
		};
		console.log(JSON.stringify(scale));
	} finally {
		await standin.stop();
	}
}

async function repeat(
	built: LoadedPackage,
	standin: StandinProcess,
	count: number,
	rounds: number,
): Promise<Execution[]> {
	const orders = makeOrders(count);
	const executions: Execution[] = [];
	for (let round = 0; round < rounds; round++) {
		await standin.reset();
		executions.push(await execute(built, standin, orders));
		const { events } = await standin.counts();
		if (events !== count) throw new Error(`${events} of ${count} events arrived`);
	}
	return executions;
}

/** One execution of the node; what the engine does before and after it is left out. */
async function execute(
	built: LoadedPackage,
	standin: StandinProcess,
	orders: readonly object[],
): Promise<Execution> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	const type = watched(built, { start: () => delay.enable(), end: () => delay.disable() });
	const run = await runWorkflow({
		workflow: itemsToEsputnik({ ...DRAGGED, options: NO_LIMIT }),
		items: orders,
		package: built,
		credentials: { esputnikApi: { apiKey: standin.apiKey, baseUrl: standin.baseUrl } },
		nodeTypes: new Map([[TYPE, type]]),
	});
	if (run.status !== 'success') throw new Error(run.error?.message ?? run.status);
	return { ms: run.durationMs(ESPUTNIK), blockedMs: delay.max / 1e6 };
}

/** The node, with something done around its `execute`. */
function watched(
	built: LoadedPackage,
	{ start, end }: { start: () => void; end: () => void },
): INodeType {
	const node = built.nodes.get(TYPE);
	if (node === undefined || !('execute' in node)) throw new Error('The package has no such node');
	const execute: INodeType['execute'] = async function (this: IExecuteFunctions) {
		start();
		try {
			return (await node.execute?.call(this)) ?? [];
		} finally {
			end();
		}
	};
	return new Proxy(node, {
		get: (target, key): unknown => (key === 'execute' ? execute : Reflect.get(target, key)),
	});
}
