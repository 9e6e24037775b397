export interface DeliverySettings {
	/** Records in one request, at least 1. */
	readonly batchSize: number;
	/** Requests begun and not ended, at least 1; the first of a run goes alone. 0: as many as the server answers well, {@link MOST_IN_FLIGHT} at most. */
	readonly parallelRequests: number;
	/** In any window of one second, repeats and splits included; at least 1. */
	readonly requestsPerSecond: number;
	/** Attempts beyond the first, for each request. */
	readonly maxRetries: number;
	/** Whether a request that may have been taken is sent again. */
	readonly onUncertain: 'report' | 'resend';
	/** No further request once a record is rejected or uncertain; those in flight and the search for bad records finish. */
	readonly stopOnProblem: boolean;
	/** Requests in a row that could not be completed, after which the run ends: 5 unless told. */
	readonly giveUpAfter?: number;
}

/** Requests in flight, where their number is automatic. */
export const MOST_IN_FLIGHT = 16;

/** Settings under which a run ends, whatever was put into the options. */
export function sane(settings: DeliverySettings): DeliverySettings {
	return {
		...settings,
		batchSize: atLeastOne(settings.batchSize),
		parallelRequests: settings.parallelRequests === 0 ? 0 : atLeastOne(settings.parallelRequests),
		requestsPerSecond: atLeastOne(settings.requestsPerSecond),
	};
}

function atLeastOne(number: number): number {
	return Math.max(1, Math.floor(number) || 1);
}
