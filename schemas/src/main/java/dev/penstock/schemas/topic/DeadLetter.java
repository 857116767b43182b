package dev.penstock.schemas.topic;

/** A record that could not be decoded. The bytes are in hexadecimal, cut after 64 KB. */
public record DeadLetter(
    String topic, int partition, long position, String key, String reason, String valueHex) {}
