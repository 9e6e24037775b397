/** Begins to install n8n into the cache folder that the environment names, and ends at once, as by Ctrl+C. Prints what is said. */
import { installN8n } from '../../scripts/realN8n/install.mts';
import { Advice } from '../../scripts/realN8n/problems.mts';

try {
	await installN8n(console.log, AbortSignal.abort());
} catch (error) {
	if (!(error instanceof Advice)) throw error;
}
