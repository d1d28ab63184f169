// Says that it was called, then answers what it was given; the unlucky ones fail half of the time.
const http = require('node:http');

const tell = (body) =>
  new Promise((resolve, reject) => {
    const request = http.request(process.env.SINK_URL, {method: 'POST'}, (answer) => {
      answer.resume();
      answer.on('end', resolve);
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });

exports.handler = async (event, context) => {
  await tell({request: context.awsRequestId, event});
  const unlucky = event.unlucky === true && parseInt(context.awsRequestId[0], 16) % 2 === 0;
  if (unlucky) {
    const error = new Error('not this time');
    error.name = 'Unlucky';
    throw error;
  }
  return {n: event.n ?? null};
};
