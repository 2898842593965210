import { secret, url, type Variables } from '../../../common/variables.js';

export const playlistEnvironment = {
  rows: {
    SPOTIFY_CLIENT_ID: secret().optional().describe('with the secret, lets plans carry a playlist to cook by'),
    SPOTIFY_CLIENT_SECRET: secret().optional().describe('Spotify client secret'),
    SPOTIFY_ACCOUNTS_BASE_URL: url('http:', 'https:')
      .default('https://accounts.spotify.com')
      .describe('where Spotify gives out tokens'),
    SPOTIFY_BASE_URL: url('http:', 'https:').default('https://api.spotify.com').describe('the Spotify Web API'),
  },
  prefixes: ['SPOTIFY_'],
  together: [['SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET']],
} satisfies Variables;
