export const descriptionPath = "/api/openapi.json";
