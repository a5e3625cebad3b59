/** Signing in at one's own organisation (OpenID Connect). */
export const signIn = {
  elsewhere: 'Inloggen via je organisatie',
  elsewhereIntro: 'Gebruik het account waarmee je ook op je werk inlogt.',
  orHere: 'Of met een wachtwoord van hier',
  signOutThere: 'Ook bij je organisatie uitloggen',
  problems: {
    'oidc-unavailable':
      'De inlogpagina van je organisatie is even niet bereikbaar. Er is niets kwijt. Probeer het over een minuut opnieuw.',
    'oidc-over': 'Dit duurde te lang, of je begon in een ander venster. Begin opnieuw met inloggen.',
    'oidc-denied': 'Je bent niet ingelogd: bij je organisatie is het afgebroken. Probeer het opnieuw als je toch verder wilt.',
    'oidc-refused': 'Inloggen via je organisatie is niet gelukt. Probeer het opnieuw. Lukt het weer niet? Vraag je beheerder.',
    'oidc-no-role': 'Je hebt nog geen rol bij ons. Vraag je beheerder om je die te geven, en log daarna opnieuw in.',
    'oidc-unknown': 'Je hebt nog geen account bij ons. Vraag je beheerder om je uit te nodigen.',
    'oidc-unverified': 'Je organisatie heeft je mailadres niet nagekeken. Daarom kunnen we niet zien wie je bent. Vraag je beheerder.',
    'oidc-other-person': 'Bij dit mailadres hoort al iemand anders. Vraag je beheerder om het na te kijken.',
    'oidc-disabled': 'Je account is gesloten. Klopt dat niet? Vraag je beheerder.',
    'oidc-organisation': 'We weten niet bij welke organisatie je hoort. Vraag je beheerder om het na te kijken.',
    'local-sign-in-off': 'Inloggen met een wachtwoord kan hier niet. Log in via je organisatie.',
  },
};
