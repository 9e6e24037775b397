import { deliver, type DeliveryReport } from '../../nodes/Esputnik/delivery/deliver.ts';
import { judgePastEvents } from '../../nodes/Esputnik/resources/pastEvent/send/judgement.ts';
import { pastEventWords } from '../../nodes/Esputnik/resources/pastEvent/send/requestWords.ts';
import type { DeliveryScript } from './deliveryScript.mts';
import { ModelServer, type Call } from './modelServer.mts';
import { asHttp } from './serverAnswer.mts';
import { VirtualClock } from './virtualClock.mts';

/** What a run did, seen from both sides. */
export interface DeliveryRun {
	readonly script: DeliveryScript;
	readonly report: DeliveryReport;
	readonly calls: readonly Call[];
	readonly mostAtOnce: number;
	/** How often each event is stored, when the last attempt has arrived. */
	readonly stored: readonly number[];
	readonly endedAt: number;
}

/** Runs a script on a virtual clock. @throws where the delivery never ends */
export async function runScript(script: DeliveryScript): Promise<DeliveryRun> {
	let drawn = 0;
	const clock = new VirtualClock(() => script.chance[drawn++ % script.chance.length]);
	const server = new ModelServer(
		script.natures,
		script.faults,
		script.latencies,
		script.sizeLimit,
		clock,
	);
	const controller = new AbortController();
	if (script.cancelAt !== undefined) clock.at(script.cancelAt, () => controller.abort());

	const report = await clock.passUntil(
		deliver(
			{
				records: script.natures.length,
				send: async (events) => judgePastEvents(asHttp(await server.send(events)), events.length),
				words: pastEventWords('apiKey'),
				kindOf: (event) => `type ${event % script.types}`,
				...(script.contacts > 0 && {
					sequenceKey: (event: number) => `contact ${event % script.contacts}`,
				}),
			},
			script.settings,
			clock,
			controller.signal,
		),
	);
	const endedAt = clock.now();
	await clock.passAll();
	const { calls, stored, mostAtOnce } = server;
	return { script, report, calls, stored, mostAtOnce, endedAt };
}
