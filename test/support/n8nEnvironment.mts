/**
 * What n8n reads from its environment while it is loaded. Imported before n8n itself, so that an engine under test keeps its
 * settings file inside node_modules whatever n8n is set up on this machine, reaches the stand-in whatever proxy is set, reports
 * nothing to anybody and logs only through the harness.
 */
import { join } from 'node:path';
import { pastProxies } from '../../standin/loopback.mts';

const { JEST_WORKER_ID, N8N_EXPRESSION_ENGINE } = process.env;

Object.assign(process.env, {
	N8N_USER_FOLDER: join(
		process.cwd(),
		'node_modules/.cache/n8n-engine',
		JEST_WORKER_ID ? `worker-${JEST_WORKER_ID}` : 'script',
	),
	N8N_ENCRYPTION_KEY: 'only for credentials made up by tests',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_LOG_LEVEL: 'silent',
	N8N_RESTRICT_FILE_ACCESS_TO: '',
	...pastProxies(),
	// The other engines are ES modules, which Jest cannot load: scripts may choose them.
	N8N_EXPRESSION_ENGINE: JEST_WORKER_ID ? 'legacy' : (N8N_EXPRESSION_ENGINE ?? 'legacy'),
});
