package uk.ac.manchester.tornado.api;

/** What an execution yields. */
public class TornadoExecutionResult {}
