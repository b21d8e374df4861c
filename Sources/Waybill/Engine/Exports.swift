// A hosting process imports Waybill alone: the vocabulary of commands, and the log's options, come with it.
@_exported public import EventLog
@_exported public import Orchestration
