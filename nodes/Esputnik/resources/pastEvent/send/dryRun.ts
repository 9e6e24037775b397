import type { INodeExecutionData } from 'n8n-workflow';

import { pastEventsBody, pastEventsPath } from '../pastEvents';
import type { Outcome } from '../../../delivery/outcome';
import { isRecord } from '../../../api/json';
import { errorItem, outcomeItem, outcomeJson } from '../../../report/outcomeItems';
import { leavingItems } from '../../../n8n/leavingItems';
import type { MappedRun } from './mapItems';
import type { OnError } from '../../../n8n/onError';
import type { PreparedSend } from './prepareSend';

const SHOWN_REQUESTS = 3;

/**
 * What a run would send: its first three requests, one summary with the counts and a converted sample for each form of date found,
 * and the items that would be refused. Nothing is sent, no secret is shown.
 */
export function dryRunOutput(
	items: readonly INodeExecutionData[],
	run: MappedRun,
	prepared: PreparedSend,
	onError: OnError,
): INodeExecutionData[][] {
	const leaving = leavingItems(onError);
	leaving.push(...shownRequests(run, prepared), summaryOf(items.length, run, prepared));
	for (const { item, problem } of run.refused) {
		const input = items[item].json;
		const outcome: Outcome = { status: 'rejected', problem };
		const json = outcomeJson(
			outcome,
			run.mapped[item],
			input,
			prepared.settings.includeInputFields,
		);
		leaving.push(
			onError === 'errorOutput' ? errorItem(json, item, input) : outcomeItem(json, item),
		);
	}
	return [leaving];
}

function shownRequests(
	{ events, itemOfEvent }: MappedRun,
	{ settings, account }: PreparedSend,
): INodeExecutionData[] {
	const { batchSize } = settings.delivery;
	const shown: INodeExecutionData[] = [];
	for (let start = 0; start < events.length && shown.length < SHOWN_REQUESTS; start += batchSize) {
		const batch = events.slice(start, start + batchSize);
		const body: unknown = JSON.parse(pastEventsBody(batch).toString());
		shown.push({
			json: {
				method: 'POST',
				url: `${account.baseUrl}${pastEventsPath(settings.apiVersion)}`,
				events: batch.length,
				body: isRecord(body) ? body : {},
			},
			pairedItem: itemOfEvent.slice(start, start + batchSize).map((item) => ({ item })),
		});
	}
	return shown;
}

function summaryOf(
	total: number,
	{ events, refused }: MappedRun,
	{ settings }: PreparedSend,
): INodeExecutionData {
	const reasons: Record<string, number> = {};
	for (const { problem } of refused) reasons[problem.reason] = (reasons[problem.reason] ?? 0) + 1;
	return {
		json: {
			summary: {
				total,
				wouldBeSent: events.length,
				rejected: refused.length,
				requests: Math.ceil(events.length / settings.delivery.batchSize),
				reasons,
				dates: settings.occurredSamples.samples().map((sample) => ({ ...sample })),
			},
		},
		pairedItem: Array.from({ length: total }, (_, item) => ({ item })),
	};
}
