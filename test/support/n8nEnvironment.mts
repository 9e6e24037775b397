/**
 * What n8n reads from its environment while it is loaded. Imported before n8n itself, so that an engine under test keeps its
 * settings file inside node_modules, reports nothing to anybody and logs only through the harness.
 */
import { join } from 'node:path';

const DEFAULTS = {
	N8N_USER_FOLDER: join(
		process.cwd(),
		'node_modules/.cache/n8n-engine',
		process.env.JEST_WORKER_ID ? `worker-${process.env.JEST_WORKER_ID}` : `process-${process.pid}`,
	),
	N8N_ENCRYPTION_KEY: 'only for credentials made up by tests',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_LOG_LEVEL: 'silent',
	N8N_EXPRESSION_ENGINE: 'legacy',
	N8N_RESTRICT_FILE_ACCESS_TO: '',
};

for (const [name, value] of Object.entries(DEFAULTS)) process.env[name] ??= value;
