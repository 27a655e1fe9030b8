/** Where the environment may hold a secret: `weather-mcp-secrets`, `api-key` → `BERTH_SECRET_WEATHER_MCP_SECRETS__API_KEY`. */
export function secretVariable(secret: string, key: string): string {
  return `BERTH_SECRET_${upperSnake(secret)}__${upperSnake(key)}`;
}

const upperSnake = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
