import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes loans.csv and books.csv: an invented library of 160 books in series, and what 600 readers took home in a year. */
public class Loans {

    static final String[] GENRES = {"Crime", "Fantasy", "Romance", "Science fiction", "History", "Travel", "Cooking", "Horror"};
    static final String[][] SERIES = {
        {"Harbour Street", "The Quiet Jury", "Inspector Vale", "Cold Ledger", "The Ninth Alibi"},
        {"The Salt Crown", "Moonwardens", "A Song for Giants", "The Glass Forest", "Emberfall"},
        {"Letters to Lyon", "The Orchard Road", "Summer at Elm House", "A Second Waltz", "Paper Hearts"},
        {"Outer Station", "The Long Orbit", "Signal Lost", "Children of Titan", "Machine Dawn"},
        {"The Baltic Wars", "Daily Life in Rome", "Queens and Cities", "The Silk Merchants", "After the Plague"},
        {"Slow Trains", "Islands on Foot", "North by Canoe", "Markets of Asia", "Desert Notes"},
        {"One Pot", "The Bread Book", "Spice Routes", "Sunday Roasts", "Green Plates"},
        {"The Cellar Door", "Night Shift", "Hollow Hill", "What the Fog Left", "The Thirteenth Guest"}
    };
    static final int VOLUMES = 4;
    static final int READERS = 600;

    public static void main(String[] args) throws IOException {
        List<String> books = new ArrayList<>(List.of("item,title,genre"));
        for (int genre = 0; genre < GENRES.length; genre++) {
            for (int series = 0; series < SERIES[genre].length; series++) {
                for (int volume = 1; volume <= VOLUMES; volume++) {
                    String title = SERIES[genre][series] + ", vol. " + volume;
                    books.add(book(genre, series, volume) + ",\"" + title + "\"," + GENRES[genre]);
                }
            }
        }
        Files.write(Path.of("books.csv"), books);
        List<String> loans = new ArrayList<>(List.of("user,item,timestamp"));
        Random random = new Random(1);
        for (int reader = 1; reader <= READERS; reader++) {
            read(reader, random, loans);
        }
        Files.write(Path.of("loans.csv"), loans);
        System.out.println((loans.size() - 1) + " loans in loans.csv, " + (books.size() - 1) + " books in books.csv");
    }

    /** A reader has one or two favourite genres, mostly goes on with a series, and sometimes takes anything. */
    static void read(int reader, Random random, List<String> loans) {
        int[] favourites = {random.nextInt(GENRES.length), random.nextInt(GENRES.length)};
        int[][] read = new int[GENRES.length][SERIES[0].length];
        LocalDate day = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(120));
        int genre = favourites[0];
        int series = 0;
        for (int loan = 8 + random.nextInt(20); loan > 0; loan--) {
            if (random.nextInt(100) >= 60 || read[genre][series] == VOLUMES) {
                genre = random.nextInt(100) < 80 ? favourites[random.nextInt(2)] : random.nextInt(GENRES.length);
                // The first series of a genre are the popular ones.
                series = Math.min(random.nextInt(SERIES[0].length), random.nextInt(SERIES[0].length));
            }
            if (read[genre][series] < VOLUMES) {
                read[genre][series]++;
                day = day.plusDays(1 + random.nextInt(14));
                loans.add("r" + reader + "," + book(genre, series, read[genre][series]) + "," + day);
            }
        }
    }

    static String book(int genre, int series, int volume) {
        return "b" + (1 + (genre * SERIES[0].length + series) * VOLUMES + volume - 1);
    }
}
