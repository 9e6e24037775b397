import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../api/json';
import type { EventBytes } from '../../events/eventBytes';
import type { MappedRun } from '../../n8n/runItems';
import { dryRunSummary, SHOWN_REQUESTS } from '../../report/summary';

/** The requests of a dry run. */
export interface ShownRequests {
	readonly url: string;
	/** Events in one request. */
	readonly batchSize: number;
	readonly bodyOf: (events: readonly EventBytes[]) => Buffer;
	/** What the summary tells besides the counts. */
	readonly alsoTold: IDataObject;
}

/** What a run would send: its first three requests, and one summary with the counts. Nothing is sent, no secret is shown. */
export function shownRequests(
	run: MappedRun<unknown, EventBytes>,
	{ url, batchSize, bodyOf, alsoTold }: ShownRequests,
): INodeExecutionData[] {
	const { mapped, records, rejected, itemOf } = run;
	const shown: INodeExecutionData[] = [];
	for (let start = 0; start < records.length && shown.length < SHOWN_REQUESTS; start += batchSize) {
		const batch = records.slice(start, start + batchSize);
		const body: unknown = JSON.parse(bodyOf(batch).toString());
		shown.push({
			json: { method: 'POST', url, events: batch.length, body: isRecord(body) ? body : {} },
			pairedItem: itemOf.slice(start, start + batchSize).map((item) => ({ item })),
		});
	}
	const summary = dryRunSummary({
		total: mapped.length,
		wouldBeSent: records.length,
		requests: Math.ceil(records.length / batchSize),
		rejected,
		more: alsoTold,
	});
	return [...shown, summary];
}
