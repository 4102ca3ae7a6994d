package org.mineral.hosts.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mineral.Recommender;
import org.mineral.data.read.Datasets;
import org.mineral.linalg.KernelProvider;
import org.mineral.recipe.Effort;
import org.mineral.recipe.TrainingRecipe;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts {@link RecommendApplication} on a model that it trains, and asks it over HTTP. Exits with 0 if all answers are right. */
public final class SpringHost {

    private static final Pattern ITEM = Pattern.compile("\"item\":\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    private SpringHost(String port) {
        this.address = "http://127.0.0.1:" + port;
    }

    public static void main(String[] args) throws Exception {
        Path temp = Files.createTempDirectory("mineral-spring");
        Recommender recommender = Recommender.train(
                Datasets.read("builtin:tastes:users=60,items=40"),
                new TrainingRecipe().dimension(8).effort(Effort.QUICK));
        recommender.save(temp.resolve("model"));
        try (ConfigurableApplicationContext service = SpringApplication.run(
                RecommendApplication.class,
                "--model=" + temp.resolve("model"),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off")) {
            new SpringHost(service.getEnvironment().getRequiredProperty("local.server.port")).asks(recommender);
        } finally {
            try (Stream<Path> files = Files.walk(temp)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        System.out.println("Spring Boot " + SpringBootVersion.getVersion() + " recommends with Mineral, "
                + KernelProvider.best().name() + " kernels");
    }

    private void asks(Recommender recommender) throws Exception {
        HttpResponse<String> known = send(request("/recommend/user-1?n=5").GET());
        check(known.statusCode() == 200, known.body());
        check(items(known).equals(recommender.recommend("user-1", 5).ids()), "other items for a user: " + known.body());
        HttpResponse<String> history = send(request("/recommend?n=3")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[\"item-1\", \"item-2\"]")));
        check(history.statusCode() == 200, history.body());
        check(
                items(history)
                        .equals(recommender
                                .recommend(List.of("item-1", "item-2"), 3)
                                .ids()),
                "other items for a history: " + history.body());
        HttpResponse<String> refused = send(request("/recommend/user-1?n=0").GET());
        check(refused.statusCode() == 400 && refused.body().contains("n"), refused.statusCode() + " " + refused.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static List<String> items(HttpResponse<String> answer) {
        return ITEM.matcher(answer.body()).results().map((MatchResult found) -> found.group(1)).toList();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
