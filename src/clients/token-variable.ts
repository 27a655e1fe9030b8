/** `WEATHER_MCP_TOKEN`: where clients and proofs find the token of the server `weather`. */
export function tokenVariable(server: string): string {
  return `${server.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_MCP_TOKEN`;
}
