import type { SourceId } from './provider.js';

/**
 * What the simulator accepts. No secrets: these open nothing but the simulator, and the real hosts refuse them.
 * The Walmart key pair was made for it and is used nowhere else (PKCS#8 and SPKI in base64).
 */
const WALMART_PRIVATE_KEY =
  'MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDVU17YMfre/hjJzOMx/QcLcEA3i4LFt9N4BIwRSyDiHm4vHF9S' +
  'ylXBdwVsJfB3TUMKurQtwgY08co1eaAyGsoAvlXS5bjLDHFwDu4E36FdzFcOLWzt9hfWHL8oCIxoZxKoySof4J2MHGiG0w4hmhMc' +
  'CfYkX585AqAHHPZ16aHU31dFArae3NUOCjOrJZg0MFmCDzRHhlJ/163svYOmgBj7IcwwelPBxwp1h0GBJc/8Es09dE+8YjbLBPeC' +
  'SmI8bf+vfoWfXKg95yum/HNpDBj9ELW9wNcFNZ2s4r6Lu8hQOy+yzp65Fc4Ni46bmR0s88vhHkey5ax2/dYiK4GRQ+8tAgMBAAEC' +
  'ggEALD0LjmSA/LTvgYvYcrGhAB2BZ7NqBWQbechhnqV4loPOgD0PRI06rvHmgTi17xup40P4IQQbQugAccn8718QVIqkJCXpBkyY' +
  'iq9B62dP4LKDPCit7gQqicew2ZW6Pl1fqHp9Hpq3OUrb31fN1qiLvXUQYxckXw99DbSTJL00Rv8//X/Dspqe97OuNsTMuDmCV7bZ' +
  'm1ur8RmUb2mG2pngtnGkzp4TNU6PEaBo+C61FGE3BgFfcljBiFLPuzwmo01Te4/U9l4DRwa+7sqFZ+GFSmAlP7yq0mBdmT1WOzPs' +
  'RfP6Bk3EngaUIj8OxrPIhIQ1xgRd7OfP868Eh3O/ep+RWQKBgQDrj6lPpguiQHVKvKAum/xngxj5iKjBaF92vXkw0MhBcZ/lk8D2' +
  'daTjpfHG+E14Awokggm8iNf3JoOcDyx9UpKVzdSR4Dbfu8XCQ1dGnWfP/0VInVidKklJwD58+SO+XDb+mBko5e5twQg3rEnC5ieh' +
  'aoSbktFryMchGHt5TDRihQKBgQDn1c8Rs8pFISMLuTDEUvOVwAt5vC5HkEkU6EhpJ0tBAodmqVPrfsKtX8uaYpNjZmzPHczrokGY' +
  'Ks1LfpJM61O2E5ynOZkw1l2+yHjpG+LMuayZJ29GPnNq9sWnTWB6EcXo7XfEnJhqLVg/Dz7xKgQZgZy4YL/MQzlOquhIm5M+iQKB' +
  'gBjZ5SDUAbIyXq1tzPBd4HkDKaVZt4QAAOJEBv8RZ68Pz7Cmr9rQen7RyPoWxAV/PJixZ1mOjkoys/vI1ga6qWBIgL6LCv77jld6' +
  'R0DZ5lPZOHP6tZiPF4BCWdVRa2Xv0JV3cmAQMeE+ViGZeYaoRVIQLMFE8fcPDYL+VDhtw7EJAoGBAIJ0b7bYYsOPp/ba2LRAsUzc' +
  '6hgwaiJe8KDRLJ3vPItybtq4Ab8Mb2O7+gf/3EwcwLGzZTJa9Wo4+5i1uoGKEmrskkQPR0KR/eJzUIZr6K2m9Zag+B6g2bWg8wv3' +
  'oIhQI/u0VKbQL3vf1D53x8VRDUmFA7lEx+ibE05PIbJpyOtxAoGBAOkUerX43lOKYphQmAnv+kZprt9EmnXqoxvGE5kLuuXJFE7+' +
  'PQwquZ6QRH1p/VNf6qltdPqFZSGsDENJTeC4AzMtL5WTyMPTH+MaEwk6AV+2uaISYGjz4Iyh+HTA+HP2ibU2Oh0qlcIMhTZYDk8H' +
  'xaWIt1WjR1y1JKZ+MfgLff99';

const WALMART_PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1VNe2DH63v4YyczjMf0HC3BAN4uCxbfTeASMEUsg4h5uLxxfUspVwXcF' +
  'bCXwd01DCrq0LcIGNPHKNXmgMhrKAL5V0uW4ywxxcA7uBN+hXcxXDi1s7fYX1hy/KAiMaGcSqMkqH+CdjBxohtMOIZoTHAn2JF+f' +
  'OQKgBxz2demh1N9XRQK2ntzVDgozqyWYNDBZgg80R4ZSf9et7L2DpoAY+yHMMHpTwccKdYdBgSXP/BLNPXRPvGI2ywT3gkpiPG3/' +
  'r36Fn1yoPecrpvxzaQwY/RC1vcDXBTWdrOK+i7vIUDsvss6euRXODYuOm5kdLPPL4R5HsuWsdv3WIiuBkUPvLQIDAQAB';

/** SPKI as PEM. */
export const SIMULATED_WALMART_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----\n${WALMART_PUBLIC_KEY}\n-----END PUBLIC KEY-----\n`;

export const SIMULATED_CREDENTIALS: Readonly<Record<SourceId, Readonly<Record<string, string>>>> = {
  KROGER_API: { clientId: 'simulated-client', clientSecret: 'simulated-secret' },
  WALMART_API: {
    consumerId: '00000000-0000-4000-8000-000000000001',
    privateKey: WALMART_PRIVATE_KEY,
    keyVersion: '1',
  },
  MEALME: { apiKey: 'simulated-mealme-key' },
  INSTACART: { apiKey: 'keys.00000000000000000000000000000000' },
  SALLING: { token: 'SG_APIM_SIMULATED000000000000000000000000000000000000' },
};
