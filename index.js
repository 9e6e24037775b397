// n8n reads the "n8n" section of package.json; nothing is loaded from here.
