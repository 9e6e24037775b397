/** The CommonJS build of n8n-workflow comes without types of its own; they are those of the package. */
declare module 'n8n-workflow/dist/cjs/index.js' {
	export * from 'n8n-workflow';
}
