FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node -e "import('./dev/lib/build.mjs').then(({ compile }) => compile('dist'))" && node dev/lib/image-files.mjs /out

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build --chown=root:root /out ./
USER node
EXPOSE 3000
CMD ["node", "dist/src/main.js"]
