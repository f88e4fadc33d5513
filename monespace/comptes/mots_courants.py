"""What French people put in passwords first: the estimator of strength only knows English."""

# The commonest first: their place counts.
MOTS_COURANTS = tuple(
    """
    1234 12345 123456 1234567 12345678 123456789 1234567890 0000 password qwerty welcome
    azerty azertyuiop azertyui azer qsdf qsdfgh qsdfghjklm wxcvbn azeqsd azertyqsdf
    motdepasse mdp motpasse passe secret bonjour bonsoir salut soleil doudou loulou chouchou
    coucou amour jetaime jtm monamour mamour bisous bisou coeur cheri cherie princesse bebe maman
    papa famille enfant enfants fille fils mari femme chat chien minou minette cheval licorne
    chocolat vanille caramel fraise cerise orange citron pomme banane nutella fromage camembert
    marseille paris lyon toulouse bordeaux nantes lille nice rennes strasbourg montpellier
    grenoble bretagne normandie provence alsace lorraine france francais bienvenue liberte
    egalite fraternite republique
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    lundi mardi mercredi jeudi vendredi samedi dimanche printemps ete automne hiver noel vacances
    football olympique psg asse om rugby zidane mbappe asterix obelix tintin naruto pokemon
    nicolas thomas camille julien alexandre maxime antoine pierre julie sophie marie nathalie
    isabelle sylvie catherine philippe stephane sebastien christophe laurent patrick michel
    entreprise societe bureau travail boulot patron direction comptable comptabilite compta
    formation apprentissage apprenti alternance opco akto dossier contrat cerfa salarie employeur
    administrateur admin utilisateur compte connexion portail espace monespace internet
    ordinateur informatique france2025 france2026 changeme changezmoi nouveau provisoire
    """.split()
)
