import { join } from 'node:path';
import { pastProxies } from '../../standin/loopback.mts';

/** What one n8n instance needs to be told. */
export interface InstanceSettings {
	/** `N8N_USER_FOLDER`; its `.n8n` holds the database, the key and the community packages. */
	readonly userFolder: string;
	/** Folder that the file nodes may read. */
	readonly filesFolder: string;
	/** Port of n8n's task broker; each process needs its own. */
	readonly brokerPort: number;
	/** Port of the editor; commands have none. */
	readonly port?: number;
	/** Anything else, such as `N8N_LOG_LEVEL`. */
	readonly extra?: Readonly<Record<string, string>>;
}

/** Environment variables that keep n8n on this computer: loopback only, no telemetry, no look for news, templates or other packages. */
export function n8nEnvironment(settings: InstanceSettings): Record<string, string> {
	return {
		N8N_USER_FOLDER: settings.userFolder,
		N8N_ENCRYPTION_KEY: 'only-for-a-local-trial',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: 'localhost',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_RESTRICT_FILE_ACCESS_TO: settings.filesFolder,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',
		// After 5 s without an answer of its database n8n serves nothing but 503; on a busy machine that is no fault.
		DB_PING_TIMEOUT_MS: '60000',
		...pastProxies(),
		...(settings.port === undefined ? {} : { N8N_PORT: String(settings.port) }),
		...settings.extra,
	};
}

/** Where n8n's own installer puts community packages. */
export function communityFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes');
}
