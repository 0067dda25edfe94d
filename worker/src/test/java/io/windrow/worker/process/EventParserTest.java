package io.windrow.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventParserTest {

  @Test
  void readsEveryType() {
    assertThat(parse("{'type':'hello','protocol':1,'client':'x'}")).isEqualTo(new Event.Hello(1));
    assertThat(parse("{'type':'params','values':{'depth':3,'on':true,'name':'a'}}"))
        .isEqualTo(new Event.Params(Map.of("depth", "3", "on", "true", "name", "a")));
    assertThat(parse("{'type':'metrics','step':7,'values':{'l2.train':0.5,'n':2}}"))
        .isEqualTo(new Event.Metrics(7, Map.of("l2.train", 0.5, "n", 2.0)));
    assertThat(parse("{'type':'metrics','values':{'Rank IC':-1e-3}}"))
        .isEqualTo(new Event.Metrics(0, Map.of("Rank IC", -0.001)));
    assertThat(parse("{'type':'progress','fraction':1,'message':'half'}"))
        .isEqualTo(new Event.Progress(1, "half"));
    assertThat(parse("{'type':'artifact','path':'a/b.txt'}"))
        .isEqualTo(new Event.Artifact("a/b.txt", "a/b.txt"));
    assertThat(parse("{'type':'artifact','path':'b.txt','name':'c.txt'}"))
        .isEqualTo(new Event.Artifact("b.txt", "c.txt"));
    assertThat(parse("{'type':'heartbeat'}")).isEqualTo(new Event.Heartbeat());
    assertThat(parse("{'type':'result'}")).isEqualTo(new Event.Result(Map.of()));
    assertThat(parse("{'type':'failure','message':'no'}")).isEqualTo(new Event.Failure("no"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'metrics' | is not JSON",
        "{'type':'metrics','values':{'a':NaN}} | is not JSON: Non-standard token",
        "{'type':'metrics','values':{'a':1e999}} | 'a' must be a finite number",
        "{'type':'metrics','values':{'a':'1'}} | 'a' must be a finite number, not \"1\"",
        "{'type':'metrics','values':{'a':null}} | 'a' must be a finite number, not null",
        "{'type':'metrics','values':{'$set':1}} | '$set' cannot be a name",
        "{'type':'metrics','values':{'':1}} | cannot be a name",
        "{'type':'metrics','values':[1]} | 'values' must be an object, not [1]",
        "{'type':'metrics','step':-1,'values':{}} | 'step' must be a whole number from 0, not -1",
        "{'type':'metrics','step':1.5,'values':{}} | 'step' must be a whole number from 0",
        "{'type':'metrics','step':99999999999,'values':{}} | 'step' must be a whole number from 0",
        "{'type':'params','values':{'a':[1]}} | 'a' must be a text, a number or true or false",
        "{'type':'progress','fraction':1.01} | 'fraction' must be from 0 to 1",
        "{'type':'artifact'} | 'path' must be a text, not absent",
        "{'type':'artifact','path':3} | 'path' must be a text, not 3",
        "{'type':'result','metrics':{'a':1,'a':2}} | is not JSON: Duplicate",
        "{'type':'result','metric':{}} | has the unknown key 'metric'; known: [metrics]",
        "{'type':'exec','command':'rm'} | has the unknown type 'exec'; known: artifact, failure",
        "{'values':{}} | 'type' must be a text, not absent",
        "{'type':'hello','protocol':'1'} | 'protocol' must be a whole number",
        "{'type':'heartbeat'} x | is not JSON",
      })
  void refusesAndSaysWhy(String line, String message) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNotUtf8AndDeepNesting() {
    byte[] latin =
        "{\"type\":\"failure\",\"message\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> EventParser.parse(latin)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> parse("{'a':".repeat(10_000)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("nesting");
  }

  private static Event parse(String line) {
    return EventParser.parse(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
