import type { IDataObject } from 'n8n-workflow';
import type { Standin } from '../../standin/server.mts';
import { runWorkflow } from '../../test/support/engine.mts';
import { loadUnpacked } from '../../test/support/enginePackage.mts';
import { ESPUTNIK, itemsToEsputnik } from '../../test/support/workflowJson.mts';
import { sampleCustomers, type Sample } from '../sample/orders.mts';

/** What became of the customers of a shop. */
export interface CustomersSummary {
	readonly customers: number;
	readonly imported: number;
	readonly requests: number;
	/** The node's own time in milliseconds, with the wait for eSputnik. */
	readonly durationMs: number;
}

/** Imports the customers who placed the orders of a sample, and waits until the local eSputnik has them. */
export async function importCustomers(standin: Standin, sample: Sample): Promise<CustomersSummary> {
	const customers = sampleCustomers(sample).map((customer): IDataObject => ({ ...customer }));
	const run = await runWorkflow({
		workflow: itemsToEsputnik(
			{
				resource: 'contact',
				operation: 'import',
				dedupeOn: 'email',
				contactMapping: {
					mappingMode: 'defineBelow',
					value: {
						email: '={{ $json.email }}',
						phone: '={{ $json.phone }}',
						firstName: '={{ $json.customer_name }}',
						town: '={{ $json.city }}',
					},
				},
			},
			{ onError: 'continueErrorOutput' },
		),
		items: customers,
		package: await loadUnpacked(process.cwd()),
		credentials: { esputnikApi: { apiKey: standin.apiKey, baseUrl: standin.baseUrl } },
	});
	const imported = run.output(ESPUTNIK, 0).filter(({ json }) => json.status === 'imported').length;
	return {
		customers: customers.length,
		imported,
		requests: standin.received.imports.length,
		durationMs: run.durationMs(ESPUTNIK),
	};
}
