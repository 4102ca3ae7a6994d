package org.mineral.hosts.spring;

import java.nio.file.Path;
import java.util.List;
import org.mineral.Recommender;
import org.mineral.config.InputException;
import org.mineral.recommend.RankedItems;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A service that recommends from the model directory of its property {@code model}. */
@SpringBootApplication
public class RecommendApplication {

    public static void main(String[] args) {
        SpringApplication.run(RecommendApplication.class, args);
    }

    @Bean
    Recommender recommender(@Value("${model}") Path model) {
        return Recommender.load(model);
    }

    @RestController
    static class RecommendController {

        private final Recommender recommender;

        RecommendController(Recommender recommender) {
            this.recommender = recommender;
        }

        @GetMapping("/recommend/{user}")
        List<RankedItems.Entry> user(@PathVariable String user, @RequestParam(defaultValue = "10") int n) {
            return recommender.recommend(user, n).items();
        }

        @PostMapping("/recommend")
        List<RankedItems.Entry> history(@RequestBody List<String> items, @RequestParam(defaultValue = "10") int n) {
            return recommender.recommend(items, n).items();
        }

        @ExceptionHandler
        @ResponseStatus(HttpStatus.BAD_REQUEST)
        String refused(InputException e) {
            return e.getMessage();
        }
    }
}
