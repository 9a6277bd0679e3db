// The least that could answer: Fastify as it comes, the same route, the body parsed, constant bytes. Arguments: port, bytes.
import fastify from 'fastify';

const [port, bytes] = process.argv.slice(2).map(Number);
const body = JSON.stringify('x'.repeat(bytes! - 2));
const app = fastify();
app.put('/api/conferences/:slug/picks/:passId', (_request, reply) =>
  reply.header('content-type', 'application/json; charset=utf-8').send(body),
);
await app.listen({ port: port!, host: '127.0.0.1' });
process.on('disconnect', () => process.exit(0));
process.send!('ready');
