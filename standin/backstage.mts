import type { ApiTokens } from './account/apiTokens.mts';
import type { ContactStore } from './contacts/contactStore.mts';
import type { Groups } from './contacts/groups.mts';
import type { Imports } from './contacts/imports.mts';
import type { EventStore } from './events/eventStore.mts';
import type { KeyTally } from './events/keyTally.mts';
import type { WorkflowStarts } from './events/workflowStarts.mts';
import type { FaultQueue } from './faults.mts';
import type { OAuth } from './oauth/oauth.mts';
import type { Settings, Switches } from './options.mts';
import type { Deletion } from './received.mts';
import type { RequestLog, RequestRecord } from './http/requestLog.mts';

/** What the parts of the stand-in share. */
export interface Backstage {
	readonly settings: Settings;
	/** Changed in place, so every use sees the present value. */
	readonly switches: Switches;
	readonly events: EventStore;
	/** Counted with the switch `keep` at "keys". */
	readonly keys: KeyTally;
	readonly contacts: ContactStore;
	readonly groups: Groups;
	readonly imports: Imports;
	readonly workflowStarts: WorkflowStarts;
	readonly requests: RequestLog;
	readonly deletions: Deletion[];
	/** How often an event has had SERVER_ERROR. */
	readonly serverErrors: Map<string, number>;
	readonly faults: FaultQueue;
	readonly tokens: ApiTokens;
	readonly oauth: OAuth;
}

declare module 'fastify' {
	interface FastifyRequest {
		/** What is kept of a request below /api or /uaa. */
		record: RequestRecord | undefined;
	}
}
