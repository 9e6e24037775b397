import type { Resource } from '../n8n/nodeTable';
import { importOperation } from './contact/import/import';
import { sendOperation as sendLiveOperation } from './event/send/send';
import { deleteOperation } from './pastEvent/delete/delete';
import { sendOperation } from './pastEvent/send/send';

/** Everything that the node can do. The first resource is the default: workflows were saved when it was the only one. */
export const resources: readonly Resource[] = [
	{ value: 'pastEvent', name: 'Past Event', operations: [sendOperation, deleteOperation] },
	{ value: 'contact', name: 'Contact', operations: [importOperation] },
	{ value: 'event', name: 'Live Event', operations: [sendLiveOperation] },
];
