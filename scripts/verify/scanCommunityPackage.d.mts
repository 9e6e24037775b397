/** The parts of @n8n/scan-community-package that `npm run verify` uses; the package has no types of its own. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** What of a source repository is looked at. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Lints a folder with n8n's rules for community packages; comments in the code cannot switch one off. */
	export function analyzePackage(
		folder: string,
		filePatterns?: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
