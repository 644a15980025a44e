// For `globalSetup` of Vitest and Jest: one server for all files of the run, not one for each file.
const { Server } = require("./index.js");

module.exports = async () => {
  const server = await Server.connect();
  process.env.MOCKDUIT_URL = server.url;
  return () => server.stop(); // Vitest calls it; with Jest, the server ends with the process
};
