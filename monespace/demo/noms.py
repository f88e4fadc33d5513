"""First names and surnames met in France, to draw people from."""

PRENOMS_F = (
    "Adèle Aïcha Alexandra Alice Amandine Anaïs Anne-Laure Aurélie Béatrice Bérénice Camille "
    "Carole Caroline Catherine Cécile Céline Chloé Christelle Claire Clara Coralie Delphine "
    "Djamila Élise Élodie Émilie Emma Estelle Eugénie Fanny Fatima Fatou Florence Françoise "
    "Gaëlle Hélène Inès Isabelle Jade Jeanne Jennifer Joëlle Josiane Julie Juliette Justine "
    "Karima Laëtitia Laura Léa Leïla Linda Louise Lucie Manon Maëlle Maria Marie-Pierre Marine "
    "Marion Martine Mathilde Maud Mélanie Mireille Myriam Nadège Nadia Nathalie Noémie Océane "
    "Oriane Pascale Patricia Pauline Rachida Romane Rosa Sabrina Salomé Samira Sandrine Sarah "
    "Séverine Solène Sonia Stéphanie Sylvie Thi-Mai Valérie Véronique Virginie Yasmine Zoé"
).split()

PRENOMS_M = (
    "Abdoulaye Adrien Ahmed Alexandre Amadou Antoine Arnaud Arthur Aurélien Baptiste Bastien "
    "Benoît Bernard Brice Bruno Cédric Christophe Clément Corentin Cyril Damien David Denis "
    "Didier Driss Émile Emmanuel Enzo Éric Étienne Fabien Fabrice Florian Francis François "
    "Frédéric Gaël Gilles Grégory Guillaume Hakim Hervé Hugo Ibrahima Idriss Ismaël Jean-Luc "
    "Jean-Marc Jérémy Jérôme Joël Jonathan José Julien Kevin Laurent Léo Loïc Louis Lucas "
    "Mamadou Marc Mathieu Maxime Mehdi Michel Mickaël Mohamed Mourad Nabil Nathan Nicolas Noé "
    "Olivier Pascal Patrick Paulo Philippe Pierre-Yves Quentin Rachid Raphaël Rémi Ricardo "
    "Romain Samuel Sébastien Simon Stéphane Sylvain Théo Thibault Thierry Tristan Valentin "
    "Vincent Xavier Yannick Yoann Youssef Yves"
).split()

NOMS = tuple(
    "Aubert;Aubry;Bailly;Barbier;Baron;Barré;Ben Amor;Benoit;Berger;Bernard;Bertrand;Besnard;"
    "Besson;Blanchard;Bouchet;Boulanger;Bourgeois;Boyer;Breton;Brun;Brunet;Camara;Caron;"
    "Carpentier;Cauvin;Charpentier;Chevalier;Chevallier;Cissé;Clément;Colin;Collet;Cordier;"
    "Coulibaly;Cousin;Da Costa;Da Silva;D’Angelo;Daniel;David;De Almeida;De Sousa;Delaunay;"
    "Delmas;Denis;Deschamps;Diallo;Diop;Dos Santos;Doumbia;Drouet;Dufour;Dumas;Dumont;Dupont;"
    "Dupuis;Durand;El Amrani;Étienne;Evrard;Fabre;Faure;Fernandes;Ferrand;Fleury;Fontaine;"
    "Fournier;Gaillard;Garcia;Gauthier;Gautier;Gérard;Germain;Gilbert;Girard;Gomes;Gonçalves;"
    "Guérin;Guichard;Guillaume;Guillot;Haddad;Hamon;Henry;Herbert;Huet;Humbert;Jacob;Jacquet;"
    "Joly;Jourdain;Julien;Keïta;Klein;Konaté;L’Hostis;Lacroix;Lambert;Laporte;Le Bihan;"
    "Le Floc’h;Le Gall;Le Goff;Lebrun;Leclercq;Lecomte;Lefebvre;Léger;Legrand;Lemaire;"
    "Lemoine;Leroux;Leroy;Lévêque;Lopes;Lucas;Maillard;Mallet;Marchand;Maréchal;Marie;Martinez;"
    "Masson;Mathieu;Mendes;Menu;Mercier;Meunier;Meyer;Millet;Monnier;Morel;Morin;Morvan;Moulin;"
    "N’Diaye;N’Guessan;Nguyen;Nicolas;Noël;Olivier;Ouattara;Paris;Payet;Pelletier;Pereira;"
    "Perret;Perrin;Petit;Philippe;Picard;Pichon;Pinto;Poirier;Pons;Prévost;Quéré;Ramos;"
    "Renard;Renaud;Rey;Reynaud;Ribeiro;Richard;Rivière;Robin;Roche;Rodrigues;Roger;Rolland;"
    "Rousseau;Roussel;Roux;Royer;Sanchez;Schmitt;Sidibé;Simon;Soares;Thibaud;Thomas;Touré;"
    "Traoré;Vasseur;Vidal;Vincent;Weber;Yilmaz;Zerrouki".split(";")
)
