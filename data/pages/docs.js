// Shows the API's document. Loaded by /docs alone.
window.ui = window.SwaggerUIBundle({
  url: '/docs-json',
  dom_id: '#operations',
  deepLinking: true,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
