import type { INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../../api/json';
import { formName } from '../../../dates/words';
import type { EventBytes } from '../../../events/eventBytes';
import type { MappedRun } from '../../../n8n/runItems';
import { firstAndLast } from '../../../report/summary';
import { pastEventsBody, pastEventsPath } from '../pastEvents';
import type { OccurredSample } from './datesSeen';
import type { MappedItem } from './pastEvent';
import type { SendSettings } from './sendSettings';

const SHOWN_REQUESTS = 3;

/**
 * What a run would send: its first three requests, and one summary with the counts and a converted sample for each form of date
 * found. Nothing is sent, no secret is shown.
 */
export function shownRequests(
	run: MappedRun<MappedItem, EventBytes>,
	settings: SendSettings,
	baseUrl: string,
	dates: readonly OccurredSample[],
): INodeExecutionData[] {
	const { batchSize } = settings.delivery;
	const { records, itemOf } = run;
	const shown: INodeExecutionData[] = [];
	for (let start = 0; start < records.length && shown.length < SHOWN_REQUESTS; start += batchSize) {
		const batch = records.slice(start, start + batchSize);
		const body: unknown = JSON.parse(pastEventsBody(batch).toString());
		shown.push({
			json: {
				method: 'POST',
				url: `${baseUrl}${pastEventsPath(settings.apiVersion)}`,
				events: batch.length,
				body: isRecord(body) ? body : {},
			},
			pairedItem: itemOf.slice(start, start + batchSize).map((item) => ({ item })),
		});
	}
	return [...shown, summaryOf(run, batchSize, dates)];
}

function summaryOf(
	{ mapped, records, refused }: MappedRun<MappedItem, EventBytes>,
	batchSize: number,
	dates: readonly OccurredSample[],
): INodeExecutionData {
	const reasons: Record<string, number> = {};
	for (const { problem } of refused) reasons[problem.reason] = (reasons[problem.reason] ?? 0) + 1;
	return {
		json: {
			summary: {
				total: mapped.length,
				wouldBeSent: records.length,
				rejected: refused.length,
				requests: Math.ceil(records.length / batchSize),
				reasons,
				dates: dates.map(({ form, value, occurred }) => ({
					form: formName(form),
					value,
					occurred,
				})),
			},
		},
		pairedItem: firstAndLast(mapped.length),
	};
}
