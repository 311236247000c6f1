"""Words for the names of people and what they do where they work."""

from __future__ import annotations

FIRST_NAMES = (
    "Ada", "Adam", "Aisha", "Alan", "Alma", "Amara", "Ana", "Anton", "Arjun", "Astrid", "Bea", "Ben", "Boris", "Carla",
    "Carlos", "Celia", "Chidi", "Clara", "Colin", "Daniel", "Dana", "Dario", "Dina", "Ebba", "Elif", "Ella", "Emil",
    "Enzo", "Erik", "Esther", "Eva", "Farid", "Felix", "Fiona", "Freya", "Gita", "Greta", "Gustav", "Hanna", "Henri",
    "Hugo", "Ilse", "Imran", "Ines", "Ivan", "Jae", "Jana", "Jonas", "Julia", "Kamal", "Karin", "Kira", "Kofi", "Lars",
    "Leila", "Lena", "Leon", "Lucia", "Luis", "Maja", "Malik", "Marco", "Marta", "Mei", "Milan", "Mira", "Nadia",
    "Nils", "Noor", "Olga", "Oliver", "Omar", "Otto", "Paul", "Petra", "Pia", "Rafael", "Rana", "Rosa", "Ruben",
    "Sami", "Sara", "Selma", "Simon", "Sofia", "Stefan", "Tamar", "Tariq", "Tess", "Theo", "Tom", "Ulla", "Uma",
    "Vera", "Victor", "Wanda", "Yara", "Yuki", "Yusuf", "Zoe",
)  # fmt: skip

LAST_NAMES = (
    "Abbot", "Acheampong", "Adler", "Akande", "Almeida", "Andersen", "Arden", "Baker", "Banda", "Barros", "Becker",
    "Bellamy", "Bergman", "Boateng", "Brook", "Castel", "Chandra", "Cho", "Clarke", "Costa", "Dahl", "Darwish", "Diaz",
    "Dufour", "Ekman", "Eriksen", "Falk", "Ferrer", "Fischer", "Fontana", "Gallo", "Garner", "Ghosh", "Grant",
    "Haddad", "Hartley", "Hassan", "Holm", "Horvat", "Iqbal", "Ito", "Ivanov", "Jansen", "Jensen", "Kaur", "Keller",
    "Khan", "Kim", "Kovacs", "Kruger", "Lang", "Larsen", "Lehto", "Lindt", "Lopez", "Marin", "Marsh", "Mbeki",
    "Mercer", "Moreau", "Mori", "Nagy", "Nilsen", "Novak", "Nowak", "Okafor", "Okoye", "Olsen", "Osman", "Park",
    "Pereira", "Petrov", "Pohl", "Quist", "Rahman", "Reyes", "Ricci", "Rossi", "Roux", "Sato", "Sharma", "Silva",
    "Singh", "Stein", "Sutter", "Tanaka", "Thorn", "Toth", "Varga", "Vega", "Vogel", "Walsh", "Weber", "Weiss",
    "Winter", "Yang", "Yilmaz", "Zeller", "Ziegler",
)  # fmt: skip

JOBS = (
    "Facility manager", "Head of operations", "Owner", "Finance director", "Technical lead", "Buyer", "Caretaker",
    "Sustainability officer", "Managing director", "Estate manager",
)  # fmt: skip
