// Keys that a reader enters stay in this tab.
SwaggerUIBundle({
  url: '/openapi?format=JSON',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
});
